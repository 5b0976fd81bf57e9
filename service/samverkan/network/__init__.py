"""The network of bodies and people: what is around a thing, how one reaches another, its pictures.

Who holds a network on a day asks :func:`network`; all else is worked out from that.
"""

from samverkan.network import data
from samverkan.network.drawing import DRAWINGS
from samverkan.network.graph import Broker, Hanging, are_estimated, brokers, groups, hanging
from samverkan.network.model import Network, Node, Tie
from samverkan.network.picture import (
    MOST,
    OVERVIEW,
    USUAL,
    Picture,
    of_thing,
    of_way,
    overview,
)
from samverkan.network.reach import Step, Way, end, reach
from samverkan.network.ties import network
from samverkan.network.words import sentence, when

__all__ = [
    "DRAWINGS",
    "MOST",
    "OVERVIEW",
    "USUAL",
    "Broker",
    "Hanging",
    "Network",
    "Node",
    "Picture",
    "Step",
    "Tie",
    "Way",
    "are_estimated",
    "brokers",
    "data",
    "end",
    "groups",
    "hanging",
    "network",
    "of_thing",
    "of_way",
    "overview",
    "reach",
    "sentence",
    "when",
]
