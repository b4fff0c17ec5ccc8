// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.web.Reader;

/// A page of the settings for who operates the whole server.
interface OperatorsArea extends SettingsArea {
  @Override
  default boolean opensTo(Reader reader) {
    return reader.operates();
  }

  @Override
  default String needs() {
    return "the operator role for the whole server";
  }
}
