// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.yaml;

/// Something wrong in a document.
///
/// @param line counted from 1, 0 when not known
/// @param field path such as `spec.owner`, "" for the whole document
/// @param message cause and remedy
public record Flaw(int line, String field, String message) {}
