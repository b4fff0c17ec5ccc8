// SPDX-License-Identifier: Apache-2.0
/// Fallback across providers: a request in the words of one dialect becomes one of the other, and
/// the other's answers come back in the caller's own words. In come bytes, out go bytes; it must
/// not know providers, keys or State. What cannot be said in the other dialect is refused before
/// anything is sent, never left out: see RATIONALE.md for the table of fields.
@NullMarked
package dev.steward.gateway.translate;

import org.jspecify.annotations.NullMarked;
