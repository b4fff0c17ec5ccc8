// SPDX-License-Identifier: Apache-2.0
/// How calls of models and tools go, in the measures of the GenAI conventions.
@NullMarked
package dev.steward.insight.signal;

import org.jspecify.annotations.NullMarked;
