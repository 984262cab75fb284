"""A second opinion on the whole way of a picture, in numpy and astropy alone.

Downloads the picture of an Alpaca camera that shows a replayed stack and compares it with the mean of the debayered FITS exposures.
Usage: replay_mean.py SERVER CAMERA FOLDER [PICTURE.npy]; exit code 0 when every sample is equal.
"""
import json
import pathlib
import struct
import sys
import time
import urllib.parse
import urllib.request

import numpy
from astropy.io import fits

server, camera, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
base = f"{server.rstrip('/')}/api/v1/camera/{camera}/"
client = {"ClientID": 77}


def answer(response):
    reply = json.load(response)
    if reply["ErrorNumber"]:
        sys.exit(f"{reply['ErrorNumber']:X}: {reply['ErrorMessage']}")
    return reply.get("Value")


def get(member):
    return answer(urllib.request.urlopen(base + member + "?" + urllib.parse.urlencode(client)))


def put(member, **parameters):
    body = urllib.parse.urlencode({**parameters, **client}).encode()
    return answer(urllib.request.urlopen(urllib.request.Request(base + member, data=body, method="PUT")))


def download():
    request = urllib.request.Request(base + "imagearray?" + urllib.parse.urlencode(client), headers={"Accept": "application/imagebytes"})
    body = urllib.request.urlopen(request).read()
    version, error, _, _, start, _, kind, rank, width, height, planes = struct.unpack("<iiIIiiiiiii", body[:44])
    assert (version, error, kind, rank, planes) == (1, 0, 8, 3, 3), (version, error, kind, rank, planes)
    # [x][y][plane] on the wire, rows first for a picture.
    return numpy.frombuffer(body, "<u2", offset=start).reshape(width, height, 3).transpose(1, 0, 2)


def debayer(raw):
    """GRBG by the mean of the neighbours of a colour in the 3 x 3 pixels around, rounded half up; a pixel's own colour stays."""
    raw = raw.astype(numpy.int64)
    rows, columns = numpy.indices(raw.shape)
    channel = numpy.where((rows + columns) % 2 == 0, 1, numpy.where(rows % 2 == 0, 0, 2))
    result = numpy.empty(raw.shape + (3,), numpy.int64)
    for colour in range(3):
        mask = (channel == colour).astype(numpy.int64)
        total, count = numpy.zeros_like(raw), numpy.zeros_like(raw)
        padded, padded_mask = numpy.pad(raw * mask, 1), numpy.pad(mask, 1)
        for dy in range(3):
            for dx in range(3):
                total += padded[dy:dy + raw.shape[0], dx:dx + raw.shape[1]]
                count += padded_mask[dy:dy + raw.shape[0], dx:dx + raw.shape[1]]
        result[..., colour] = numpy.where(mask == 1, raw, (2 * total + count) // (2 * numpy.maximum(count, 1)))
    return result


files = sorted(folder.glob("*.fit*"))
total = sum(debayer(fits.getdata(file)) for file in files)
expected = (2 * total + len(files)) // (2 * len(files))

put("connected", Connected="true")
for _ in range(120):
    put("startexposure", Duration="0.1", Light="true")
    while not get("imageready"):
        time.sleep(0.05)
    if json.loads(put("action", Action="StackInfo", Parameters=""))["stack"]["frames"] == len(files):
        break
    time.sleep(0.25)
picture = download()
if len(sys.argv) > 4:
    numpy.save(sys.argv[4], picture)

difference = numpy.abs(picture.astype(numpy.int64) - expected)
print(f"{len(files)} exposures, {picture.shape[1]} x {picture.shape[0]} pixels: {numpy.count_nonzero(difference)} samples differ, at most by {difference.max()}.")
sys.exit(0 if not difference.any() else 1)
