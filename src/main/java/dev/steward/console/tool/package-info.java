// SPDX-License-Identifier: Apache-2.0
/// The pages of tools: servers and how they answer, what is offered beside what was accepted, and
/// which agent may call what.
@NullMarked
package dev.steward.console.tool;

import org.jspecify.annotations.NullMarked;
