// SPDX-License-Identifier: Apache-2.0
/// The tools that the demo's agents call through the tool gateway: the server that offers them, and
/// the agents' side of a session.
@NullMarked
package dev.steward.demo.tool;

import org.jspecify.annotations.NullMarked;
