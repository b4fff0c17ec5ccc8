// SPDX-License-Identifier: Apache-2.0
/// What every page has: rail, top line, and what a section makes its pages with.
@NullMarked
package dev.steward.console.frame;

import org.jspecify.annotations.NullMarked;
