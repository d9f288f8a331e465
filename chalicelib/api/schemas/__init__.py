"""What the API takes and gives, as msgspec Structs: they check requests, shape answers and make the OpenAPI document.

A field that may be left out of a change is `UNSET` by default: that is not the same as null.
"""
