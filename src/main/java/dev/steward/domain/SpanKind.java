// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain;

/// What a span is, in the one form that all dialects are brought to. The names are fixed on the
/// wire of the API.
public enum SpanKind {
  /// An agent at work: `invoke_agent` and its kin.
  AGENT,
  /// A model call: `chat`, `generate_content`, `text_completion`.
  MODEL,
  /// A tool call: `execute_tool`.
  TOOL,
  /// A search over documents, memory or an index.
  RETRIEVER,
  /// An embedding call; it costs tokens as a model call does.
  EMBEDDING,
  /// A content check.
  GUARDRAIL,
  /// A judge of an output.
  EVALUATOR,
  /// Any other part of an agent's work: a chain, a task, a plan, a workflow.
  STEP,
  /// A span that says nothing of agents, such as an HTTP request.
  OTHER
}
