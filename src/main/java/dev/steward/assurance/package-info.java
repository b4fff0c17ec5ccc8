// SPDX-License-Identifier: Apache-2.0
/// What Steward can show to others: what happened, who was affected, and what proves it.
///
/// In: the State and the ledger behind it, traces, and what insight concludes. Out: documents of
/// which every sentence names its source. It changes nothing, and knows no page, no database and no
/// network.
@NullMarked
package dev.steward.assurance;

import org.jspecify.annotations.NullMarked;
