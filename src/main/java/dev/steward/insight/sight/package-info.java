// SPDX-License-Identifier: Apache-2.0
/// What of the traces somebody may see. In come the traces and what a person may do; out comes the
/// same question-and-answer port, which answers as if the rest were not there. It does not know who
/// asks or how that was proven.
@NullMarked
package dev.steward.insight.sight;

import org.jspecify.annotations.NullMarked;
