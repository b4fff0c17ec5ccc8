// SPDX-License-Identifier: Apache-2.0
/// What was said: messages of every dialect in the one form of the GenAI conventions.
@NullMarked
package dev.steward.trace.content;

import org.jspecify.annotations.NullMarked;
