// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

/// One step of the way to a page.
public record Crumb(String label, String href) {}
