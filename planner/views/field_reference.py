"""The field reference (字段说明), made from the JSON Schema: what it does not say is not in the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.plan.schema import toml_value

_KINDS = {
    "string": "文字", "integer": "整数", "number": "数", "boolean": "true / false", "array": "列表", "object": "表",
}  # fmt: skip

Schema = Mapping[str, Any]


def field_reference(schema: Schema) -> str:
    """The reference as Markdown, in Chinese: a section for each table, a row for each key."""
    lines = [
        "# 计划文件字段说明",
        "",
        "本页由 `planner schema --format markdown` 生成，请勿手改。日期可以写成 `2023-02-01`，加不加引号都行。",
        "",
        "## 顶层",
        "",
        *_table(schema),
        *_sections(schema, ""),
    ]
    return "\n".join(lines) + "\n"


def _sections(schema: Schema, prefix: str) -> Iterator[str]:
    for name, field in schema.get("properties", {}).items():
        inner = field.get("items", field) if field.get("type") == "array" else field
        if "properties" in inner:
            heading = f"[[{prefix}{name}]]" if field.get("type") == "array" else f"[{prefix}{name}]"
            yield from ("", f"## {heading}", "", field.get("description", ""), "", *_table(inner))
            yield from _sections(inner, f"{prefix}{name}.")


def _table(schema: Schema) -> Iterator[str]:
    required = schema.get("required", ())
    yield "| 键 | 必写 | 类型 | 说明 | 例 |"
    yield "|---|---|---|---|---|"
    for name, field in schema.get("properties", {}).items():
        row = (f"`{name}`", "是" if name in required else "", _kind(field), _says(field), _examples(field))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _kind(field: Schema) -> str:
    if "enum" in field:
        return "选一个：" + " ".join(f"`{value}`" for value in field["enum"])
    kinds = field.get("type", "object")
    return "或".join(_KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _says(field: Schema) -> str:
    limits = [f"默认 `{toml_value(field['default'])}`。"] if "default" in field else []
    if "minimum" in field and "maximum" in field:
        limits.append(f"{field['minimum']}–{field['maximum']}。")
    if "maxItems" in field:
        limits.append(f"最多 {field['maxItems']} 个。")
    return " ".join([field.get("description", ""), *limits]).strip()


def _examples(field: Schema) -> str:
    return "<br>".join(f"`{toml_value(value)}`" for value in field.get("examples", ()))
