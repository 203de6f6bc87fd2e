"""What boto3 reads and writes, for tests in Rust that hold it to what monotable reads and writes.

A request is a line of JSON on standard input, its answer a line on standard output. Values cross in DynamoDB's
JSON, but to and from DynamoDB they go as boto3's users have them: str, Decimal, Binary, bool, None, set, list and
dict, through the resource `Table`, whose own (de)serializer makes the wire form of them.
"""

import base64
import json
import sys
from decimal import Decimal

import boto3
from boto3.dynamodb.types import Binary


def native(value):
    """A Python value of one in DynamoDB's JSON."""
    ((kind, content),) = value.items()
    scalars = {
        "S": str,
        "N": Decimal,
        "B": lambda text: Binary(base64.b64decode(text)),
        "BOOL": bool,
        "NULL": lambda _: None,
    }
    if kind in scalars:
        return scalars[kind](content)
    if kind in ("SS", "NS", "BS"):
        return {scalars[kind[0]](element) for element in content}
    if kind == "L":
        return [native(element) for element in content]
    if kind == "M":
        return item(content)
    raise ValueError(f"a value of type {kind}")


def item(members):
    return {name: native(value) for name, value in members.items()}


def number(value):
    """Without an exponent, as DynamoDB writes numbers."""
    return format(value, "f")


def described(value):
    """By the Python type that boto3 gave it."""
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, Decimal):
        return {"N": number(value)}
    if isinstance(value, Binary):
        return {"B": base64.b64encode(value.value).decode()}
    if isinstance(value, list):
        return {"L": [described(element) for element in value]}
    if isinstance(value, dict):
        return {"M": described_item(value)}
    if isinstance(value, set):
        elements = [next(iter(described(element).items())) for element in value]
        (kind,) = {kind for kind, _ in elements}
        return {kind + "S": sorted(content for _, content in elements)}
    raise TypeError(f"boto3 gives a {type(value).__name__}")


def described_item(members):
    return {name: described(value) for name, value in members.items()}


def answer(resource, request):
    table = resource.Table(request["table"])
    if request["do"] == "put":
        table.put_item(Item=item(request["item"]))
        return {}
    if request["do"] == "get":
        found = table.get_item(Key=item(request["key"]), ConsistentRead=True).get("Item")
        return {"item": None if found is None else described_item(found)}
    raise ValueError(request["do"])


def main():
    endpoint, region, key, secret, token = sys.argv[1:]
    resource = boto3.resource(
        "dynamodb",
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token or None,
    )
    for line in sys.stdin:
        try:
            reply = answer(resource, json.loads(line))
        except Exception as error:  # The test says which request it was.
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


main()
