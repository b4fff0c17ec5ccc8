// SPDX-License-Identifier: Apache-2.0
/// The pages of incidents: what is wrong and since when, what happened, and what is still open.
@NullMarked
package dev.steward.console.incident;

import org.jspecify.annotations.NullMarked;
