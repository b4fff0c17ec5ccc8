// SPDX-License-Identifier: Apache-2.0
/// Dialects to one form: a versioned table says which attributes mean what; code only applies it.
@NullMarked
package dev.steward.trace.dialect;

import org.jspecify.annotations.NullMarked;
