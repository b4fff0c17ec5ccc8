// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.pages;

import dev.steward.console.web.PageResponse;
import dev.steward.server.http.Reply;
import java.util.Map;

/// What the console answers, as replies.
final class PageReplies {
  private PageReplies() {}

  static Reply.Whole whole(PageResponse response) {
    return switch (response) {
      case PageResponse.Html html -> {
        Reply.Whole page = Reply.html(html.status(), html.body()).with("Vary", "HX-Request");
        for (Map.Entry<String, String> header : html.headers().entrySet()) {
          page = page.with(header.getKey(), header.getValue());
        }
        yield page;
      }
      case PageResponse.Redirect redirect -> Reply.seeOther(redirect.location());
      case PageResponse.Data data -> {
        Reply.Whole reply = Reply.bytes(data.contentType(), data.bytes());
        yield data.fileName().isEmpty()
            ? reply
            : reply.with(
                "Content-Disposition",
                "attachment; filename=\"" + data.fileName().replaceAll("[^\\w.-]", "_") + "\"");
      }
    };
  }
}
