// SPDX-License-Identifier: Apache-2.0
/// Where a State finds what its digests stand for: bodies, and what people can have erased.
@NullMarked
package dev.steward.control.shelf;

import org.jspecify.annotations.NullMarked;
