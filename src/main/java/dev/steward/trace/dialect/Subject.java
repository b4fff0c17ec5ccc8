// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

/// What the table looks at to understand a span.
///
/// @param name of the span
/// @param scope name of the instrumentation scope
public record Subject(String name, String scope, Attributes attributes, Attributes resource) {}
