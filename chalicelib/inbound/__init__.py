"""How AWS reaches us beside HTTP: an event becomes arguments of one action. Everything here may run twice."""
