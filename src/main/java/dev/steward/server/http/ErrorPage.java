// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.http;

/// How an error is shown on paths that people open in a browser.
@FunctionalInterface
public interface ErrorPage {
  Reply.Whole page(Exchange exchange, Problem problem);

  /// Problem+json for everybody.
  ErrorPage NONE = (exchange, problem) -> problem.reply();
}
