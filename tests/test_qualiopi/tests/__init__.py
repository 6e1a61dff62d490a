from . import test_corrected_text
from . import test_new_guide
from . import test_official_texts
from . import test_packaging
from . import test_tour
from . import test_trainer_path
from . import test_training_path
