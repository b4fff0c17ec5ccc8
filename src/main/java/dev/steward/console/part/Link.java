// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.part;

/// Words that lead somewhere.
public record Link(String words, String href) {}
