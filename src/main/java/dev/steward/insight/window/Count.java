// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

/// What is counted of runs.
public enum Count {
  RUNS,
  /// Runs of which it is known whether they succeeded.
  JUDGED,
  SUCCESSES,
  /// Runs that failed, without those that a time limit ended.
  FAILED,
  TIMED_OUT,
  ABANDONED,
  STEPS,
  TOOL_CALLS,
  TOOL_FAILURES,
  /// Calls that a person was asked about.
  APPROVALS,
  DENIALS,
  /// Runs that answered anything definite.
  CLAIMING,
  /// Runs that answered something definite without a source.
  UNGROUNDED,
  /// Runs of which the answers could not be read.
  ANSWERS_UNKNOWN,
  /// Runs that had results of tools, all of which could be read.
  READ,
  /// Runs that took an error of a tool for a result.
  SILENT,
  /// Runs of which not all results of tools could be read.
  RESULTS_UNKNOWN
}
