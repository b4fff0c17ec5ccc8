// SPDX-License-Identifier: Apache-2.0
/// What models and units of work cost, as whoever prices spans asks for it.
@NullMarked
package dev.steward.trace.rate;

import org.jspecify.annotations.NullMarked;
