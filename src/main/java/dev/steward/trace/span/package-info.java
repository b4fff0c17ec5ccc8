// SPDX-License-Identifier: Apache-2.0
/// One span and what it carries, in the one form that all dialects are brought to.
@NullMarked
package dev.steward.trace.span;

import org.jspecify.annotations.NullMarked;
