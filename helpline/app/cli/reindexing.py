"""``reindex``."""

from helpline.core import Actor, Units

from ..indexing import catch_up
from ..noting import begin_anew
from ..settings import load
from .console import out
from .opening import opened, workspaces
from .serve import ConfigFile, Data, Database


def reindex(data: Data = None, database: Database = None, config: ConfigFile = None) -> None:
    """Make the index of the full-text search anew; also while Helpline runs, when some of it is not found meanwhile."""
    units = opened(load(config, data=data, database=database))
    try:
        for id, name in units.read_now(Actor("system", ""), workspaces):
            out.print(f"{name}: {_anew(units, id):,} facts were read.", highlight=False)
    finally:
        units.close()


def _anew(units: Units, workspace_id: str) -> int:
    while units.run_now(Actor.system(workspace_id), begin_anew):
        pass
    return catch_up(units, workspace_id)
