// SPDX-License-Identifier: Apache-2.0
/// Values that nobody may see: where they are kept, and how they are changed on the record.
@NullMarked
package dev.steward.control.secret;

import org.jspecify.annotations.NullMarked;
