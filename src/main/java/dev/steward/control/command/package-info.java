// SPDX-License-Identifier: Apache-2.0
/// Commands, and what is decided about each: the events that it becomes, or why not.
@NullMarked
package dev.steward.control.command;

import org.jspecify.annotations.NullMarked;
