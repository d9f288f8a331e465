"""Makes the Lambda package: what `chalice package` builds, pruned, compiled, and zipped so that equal input is one zip.

Chalice itself has no hook after packaging and can leave nothing out, which is why `chalice deploy` is not used.
"""
