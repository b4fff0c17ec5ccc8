// SPDX-License-Identifier: Apache-2.0
/// What was tried on purpose to see whether it works, with the figures that were measured.
@NullMarked
package dev.steward.control.drill;

import org.jspecify.annotations.NullMarked;
