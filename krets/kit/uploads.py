"""Files on their way in: large ones lie in a file without a name, gone whatever happens."""

import tempfile

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class UnnamedFileUploadHandler(FileUploadHandler):
    """Keep an upload in a file that no folder lists.

    Django's own handler leaves the whole file readable in the folder for temporary files when the
    process is killed, with every personal identity number in it.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 -- the request closes it

    def receive_data_chunk(self, raw_data, start):
        self.file.write(raw_data)

    def file_complete(self, file_size):
        self.file.seek(0)
        return UploadedFile(self.file, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self):
        if hasattr(self, "file"):
            self.file.close()
