import json


def handler(event, context):
    hours = int(event["pathParameters"]["proxy"])
    return {"statusCode": 200, "body": json.dumps({"hours": hours, "price": 2.5 * hours})}
