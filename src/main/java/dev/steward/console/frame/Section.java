// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import java.util.Optional;

/// A part of the console: all pages whose address begins with the same segment.
public interface Section {
  /// The first segment of its addresses, such as `runs`.
  String segment();

  /// Whether somebody may open it at all; what is in it is checked again by its pages.
  default boolean opensTo(Reader reader) {
    return true;
  }

  /// What it is about, in words that begin a sentence, for who may not open it.
  default String about() {
    return "this page";
  }

  /// Answers a GET, `notFound` of the pages where it has no such page.
  PageResponse get(Visit visit);

  /// Answers a POST, whose session's token was checked already.
  default PageResponse post(Visit visit) {
    return visit.notFound();
  }

  /// The feed of `/live/{segment}/...`, empty where there is none.
  default Optional<LiveFeed> live(Visit visit) {
    return Optional.empty();
  }
}
