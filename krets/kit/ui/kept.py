"""Forms that remember what stood in them from the start, so that only what was changed is saved."""


class StartKept:
    """For forms with a hidden `seen` (a revision) and fields with `show_hidden_initial`.

    class DetailsForm(StartKept, forms.Form): seen = forms.IntegerField(widget=forms.HiddenInput)
    """

    @property
    def kept(self):
        """Return hidden fields with what stood here from the start, to be written into the form."""
        return [self[name].as_hidden(only_initial=True) for name in self._names()]

    @property
    def changes(self):
        """Return {field: written value} of what the writer changed."""
        changed = self.changed_data
        return {name: self.cleaned_data[name] for name in self._names() if name in changed}

    @property
    def was(self):
        """Return {field: text} as it stood from the start, of what the writer changed."""
        return {name: self.data.get(self.add_initial_prefix(name), "") for name in self.changes}

    def renewed(self, *, revision, now):
        """Return what was sent, to be sent again on top of what stands now: {field: text}."""
        typed = self.data.copy()
        typed["seen"] = str(revision)
        for name, text in now.items():
            typed[self.add_initial_prefix(name)] = text
        return typed

    def rest(self, *, revision, now):
        """Return the same without the fields of `now`, which stay; None where nothing is left."""
        if not self.others(now):
            return None
        typed = self.renewed(revision=revision, now=now)
        for name, text in now.items():
            typed[self.add_prefix(name)] = text
        return typed

    def others(self, now):
        """Return the labels of what was changed besides the fields of `now`."""
        return [str(self[name].label) for name in self.changes if name not in now]

    def _names(self):
        return [name for name, field in self.fields.items() if field.show_hidden_initial]
