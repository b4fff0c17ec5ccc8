// SPDX-License-Identifier: Apache-2.0
/// What every page has: rail, top line, address with its filters, time range, marks.
@NullMarked
package dev.steward.console.frame;

import org.jspecify.annotations.NullMarked;
