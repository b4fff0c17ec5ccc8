// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reference;

import dev.steward.Reference;
import dev.steward.server.Main;
import org.junit.jupiter.api.Test;

class CommandsPageTest {
  @Test
  void thePageIsWhatTheCommandsSay() {
    Reference.check("docs/reference/cli.md", CommandsPage.markdown(Main.commands()));
  }
}
