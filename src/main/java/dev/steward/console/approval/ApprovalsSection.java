// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageResponse;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.time.InstantSource;
import java.util.Optional;

/// `/approvals`: what waits for people.
public final class ApprovalsSection implements Section {
  private final ConsoleViews views;
  private final ApprovalPages pages;
  private final ApprovalDeeds deeds;

  public ApprovalsSection(ConsoleViews views, Pages pages, InstantSource clock) {
    this.views = views;
    this.pages = new ApprovalPages(views, pages.framer(), clock);
    this.deeds = new ApprovalDeeds(views);
  }

  @Override
  public String segment() {
    return "approvals";
  }

  @Override
  public PageResponse get(Visit visit) {
    return switch (visit.depth()) {
      case 0 -> visit.html("approvals", pages.inbox(visit));
      case 1 -> one(visit, "", "");
      default -> visit.notFound();
    };
  }

  @Override
  public PageResponse post(Visit visit) {
    if (visit.depth() != 2) {
      return visit.notFound();
    }
    try {
      return one(visit, deeds.act(visit, visit.path().getFirst(), visit.path().getLast()), "");
    } catch (ApiException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return visit.notFound();
      }
      ApprovalPage page =
          pages.page(visit, visit.path().getFirst(), "", String.valueOf(e.getMessage()));
      return new PageResponse.Html(
          e.code().httpStatus(), visit.pages().templates().render("approval", page));
    }
  }

  @Override
  public Optional<LiveFeed> live(Visit visit) {
    return switch (visit.depth()) {
      case 0 ->
          Optional.of(
              new ApprovalsFeed(
                  pages, views, visit.pages().templates(), visit.request(), visit.reader()));
      case 1 ->
          Optional.of(
              ApprovalFeed.of(views, visit.path().getFirst(), visit.request(), visit.reader()));
      default -> Optional.empty();
    };
  }

  private PageResponse one(Visit visit, String done, String wrong) {
    try {
      return visit.html("approval", pages.page(visit, visit.path().getFirst(), done, wrong));
    } catch (ApiException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return visit.notFound();
      }
      throw e;
    }
  }
}
