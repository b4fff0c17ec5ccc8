// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import java.util.List;

/// A request of somebody who is logged in, on its way through a section.
///
/// @param path the segments after the section's own
public record Visit(PageRequest request, Reader reader, List<String> path, Pages pages) {
  public Visit {
    path = List.copyOf(path);
  }

  /// How many segments follow the section's own.
  public int depth() {
    return path.size();
  }

  /// As `PageRequest.field`.
  public String field(String name) {
    return request.field(name);
  }

  public PageResponse html(String template, Object model) {
    return pages.html(template, model);
  }

  public PageResponse notFound() {
    return pages.failures().notFound(request);
  }

  /// @param deed what they may not, in words that follow "Your role does not let you"
  public PageResponse forbidden(String deed) {
    return pages.failures().forbidden(request, deed);
  }
}
