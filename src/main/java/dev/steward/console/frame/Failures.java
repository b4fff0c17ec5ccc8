// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.domain.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pages for what did not work, and the one that asks who is there.
public final class Failures {
  private final Framer framer;
  private final Templates templates;

  public Failures(Framer framer, Templates templates) {
    this.framer = framer;
    this.templates = templates;
  }

  public PageResponse login(PageRequest request, int status, String refused) {
    Frame frame = framer.single(request, "Log in", "", List.of(), "");
    String next =
        request.form().containsKey("next") ? request.form().get("next") : request.parameter("next");
    return new PageResponse.Html(
        status, templates.render("login", new LoginPage(frame, local(next), refused)));
  }

  public PageResponse notFound(PageRequest request) {
    return page(
        request,
        404,
        "There is no page at this address.",
        "Go on from one of the pages in the menu.");
  }

  public PageResponse noSuchRun(PageRequest request, String id) {
    return page(
        request,
        404,
        "No run has the id " + id + ".",
        "Check the id. A run that is older than the retention is gone; one that was sent a moment"
            + " ago shows within a second.");
  }

  public PageResponse forbidden(PageRequest request, String deed) {
    return page(
        request,
        403,
        "Your role does not let you " + deed + ".",
        "Ask an administrator for a role that does, or somebody who has one.");
  }

  /// @param what is not shown, in words that begin a sentence
  /// @param need what opens it, in words that follow "needs"
  public PageResponse needs(PageRequest request, String what, String need) {
    return page(
        request,
        403,
        "You may not see this: " + what + " needs " + need + ".",
        "Ask an administrator for it. What you may see is behind the entries of the menu.");
  }

  public PageResponse of(PageRequest request, ApiException failure) {
    return page(
        request,
        failure.code().httpStatus(),
        String.valueOf(failure.getMessage()),
        failure.code().retryable()
            ? "Wait a moment and reload the page."
            : "Mend the address, or start again from one of the pages in the menu.");
  }

  public PageResponse page(PageRequest request, int status, String cause, String remedy) {
    Frame frame = framer.single(request, title(status), "", List.of(), "");
    FailurePage page = new FailurePage(frame, status, cause, request.path(), remedy);
    return new PageResponse.Html(status, templates.render("failure", page));
  }

  private static String title(int status) {
    return switch (status) {
      case 400, 422 -> "This address cannot be read";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 429, 503 -> "Not now";
      default -> status < 500 ? "Refused" : "Something broke";
    };
  }

  /// An address on this server, so that a login never leads elsewhere.
  private static String local(@Nullable String next) {
    return next == null || !next.startsWith("/") || next.startsWith("//") || next.contains("\\")
        ? "/"
        : next;
  }
}
