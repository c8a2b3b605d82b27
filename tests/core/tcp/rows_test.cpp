// The rows themselves: what is not written as it should be is refused, and no field of the next Tcb
// can change without a row going red.
#include "rows.hpp"
#include "fields.hpp"

#include <doctest/doctest.h>
