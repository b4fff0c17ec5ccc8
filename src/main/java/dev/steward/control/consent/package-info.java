// SPDX-License-Identifier: Apache-2.0
/// Who may answer for a call, and when enough people have.
@NullMarked
package dev.steward.control.consent;

import org.jspecify.annotations.NullMarked;
