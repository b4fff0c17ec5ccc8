// SPDX-License-Identifier: Apache-2.0
/// What an apply would change, field by field, before it does.
@NullMarked
package dev.steward.control.plan;

import org.jspecify.annotations.NullMarked;
