// SPDX-License-Identifier: Apache-2.0
/// Calls that people must agree to: what was asked, who answered, and whether it was used.
@NullMarked
package dev.steward.control.approval;

import org.jspecify.annotations.NullMarked;
