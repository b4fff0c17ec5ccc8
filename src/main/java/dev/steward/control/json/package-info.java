// SPDX-License-Identifier: Apache-2.0
/// JSON in one canonical form, so that the same content has the same bytes and the same digest.
@NullMarked
package dev.steward.control.json;

import org.jspecify.annotations.NullMarked;
