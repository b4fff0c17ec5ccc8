// SPDX-License-Identifier: Apache-2.0
/// The questions a registry answers in one query.
@NullMarked
package dev.steward.control.registry;

import org.jspecify.annotations.NullMarked;
