// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.web;

import dev.steward.control.access.Actor;

/// Somebody who looks at the console, and what the pages may show and offer them. The server
/// decides it from the session; every action is checked again where it is done.
///
/// @param actor under whom actions are recorded
/// @param name as people know them
/// @param readsContent whether they may read what was said: messages, arguments, results
/// @param operates whether they may retry and drop dead letters
public record Reader(Actor actor, String name, boolean readsContent, boolean operates) {}
