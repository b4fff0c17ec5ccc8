// SPDX-License-Identifier: Apache-2.0
/// What narrows a list down: the filters and their options, the time range, the order, and the
/// address that holds all of them.
@NullMarked
package dev.steward.console.filter;

import org.jspecify.annotations.NullMarked;
