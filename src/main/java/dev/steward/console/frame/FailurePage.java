// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

/// A page that says what went wrong, where, and what to do.
public record FailurePage(Frame frame, int status, String cause, String place, String remedy) {}
