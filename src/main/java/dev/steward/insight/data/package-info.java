// SPDX-License-Identifier: Apache-2.0
/// What retrieval returns, held against what is known of the documents of each data source.
///
/// In: spans of retrievals, and what maintainers tell. Out: documents that changed without a word.
/// It must not know how documents are stored.
@NullMarked
package dev.steward.insight.data;

import org.jspecify.annotations.NullMarked;
