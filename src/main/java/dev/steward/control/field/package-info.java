// SPDX-License-Identifier: Apache-2.0
/// Parts of specs that several kinds share: how each is read and written.
@NullMarked
package dev.steward.control.field;

import org.jspecify.annotations.NullMarked;
