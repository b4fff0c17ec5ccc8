// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

/// The page that asks who is there.
///
/// @param next address to go to once logged in
/// @param refused why the last try was refused, "" at the first
public record LoginPage(Frame frame, String next, String refused) {}
