// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.frame.Visit;
import dev.steward.console.web.Reader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of the settings: who may open it, what it shows, and what its forms do.
interface SettingsArea {
  /// Segment of its address, "" for the first.
  String segment();

  /// The word on its tab.
  String word();

  boolean opensTo(Reader reader);

  /// What opens it, in words that follow "needs".
  default String needs() {
    return "a role for the whole server";
  }

  Content content(Visit visit);

  /// Does what a form asks for.
  ///
  /// @param deed second segment of the form's address
  /// @throws dev.steward.domain.ApiException when it is refused
  Done act(Visit visit, String deed);

  /// What a page shows beside what all of them do.
  record Content(String lede, SettingsPage.Table table, List<SettingsPage.Form> forms) {}

  /// What was done.
  ///
  /// @param fresh a secret that is to be shown this once, null for none
  /// @param cookie to be set, "" for none
  record Done(String words, SettingsPage.@Nullable Fresh fresh, String cookie) {
    static Done of(String words) {
      return new Done(words, null, "");
    }
  }
}
