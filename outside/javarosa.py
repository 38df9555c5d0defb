"""JavaRosa, the engine inside ODK Collect: it comes with ODK Validate, which comes with pyxform."""

from datetime import date
from functools import cache
from pathlib import Path

import jpype
import pyxform

JAR = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"


@cache
def java():
    """The Java classes that are used, once for the process: a virtual machine cannot be started twice."""
    jpype.startJVM(classpath=[str(JAR)])
    prototypes = jpype.JClass("org.javarosa.core.services.PrototypeManager")
    for name in ["org.javarosa.core.util.JavaRosaCoreModule", "org.javarosa.core.model.CoreModelModule"]:
        prototypes.registerPrototypes(jpype.JClass(name).classNames)
    jpype.JClass("org.javarosa.model.xform.XFormsModule")().registerModule()
    return {name.rsplit(".", 1)[1]: jpype.JClass(name) for name in [
        "java.io.ByteArrayInputStream",
        "java.util.Date",
        "org.javarosa.core.model.data.DateData",
        "org.javarosa.core.model.data.DecimalData",
        "org.javarosa.core.model.data.GeoPointData",
        "org.javarosa.core.model.data.IntegerData",
        "org.javarosa.core.model.data.StringData",
        "org.javarosa.core.model.instance.InstanceInitializationFactory",
        "org.javarosa.core.model.instance.TreeReference",
        "org.javarosa.form.api.FormEntryController",
        "org.javarosa.form.api.FormEntryModel",
        "org.javarosa.model.xform.XFormSerializingVisitor",
        "org.javarosa.xform.util.XFormUtils",
    ]}


class Form:
    """A form that is being filled in, as Collect does it: page by page."""

    def __init__(self, xml: str):
        self.java = java()
        data = self.java["ByteArrayInputStream"](xml.encode())
        self.form = self.java["XFormUtils"].getFormFromInputStream(data)
        self.form.initialize(True, self.java["InstanceInitializationFactory"]())
        self.controller = self.java["FormEntryController"](self.java["FormEntryModel"](self.form))

    def fill(self, answer) -> list[str]:
        """Goes through the form and gives `answer(path)` to every question that is asked; the paths that were asked."""
        controller, asked = self.controller, []
        controller.jumpToIndex(self.java_index())
        while True:
            event = controller.stepToNextEvent()
            if event == controller.EVENT_END_OF_FORM:
                return asked
            if event == controller.EVENT_PROMPT_NEW_REPEAT:
                # rows whose number is worked out are made by the engine itself
                continue
            if event == controller.EVENT_QUESTION:
                path = str(controller.getModel().getFormIndex().getReference().toString(True)).removesuffix("[1]")
                asked.append(path)
                value = answer(path)
                if value is not None:
                    done = controller.answerQuestion(controller.getModel().getFormIndex(), self.data(value), True)
                    assert done == controller.ANSWER_OK, (path, value, done)

    def java_index(self):
        return jpype.JClass("org.javarosa.core.model.FormIndex").createBeginningOfFormIndex()

    def data(self, value):
        if isinstance(value, int):
            return self.java["IntegerData"](value)
        if isinstance(value, float):
            return self.java["DecimalData"](value)
        if isinstance(value, date):
            return self.java["DateData"](self.java["Date"](value.year - 1900, value.month - 1, value.day))
        if isinstance(value, tuple):
            return self.java["GeoPointData"](jpype.JArray(jpype.JDouble)(value))
        return self.java["StringData"](value)

    def sent(self) -> str:
        """What would be sent."""
        self.form.postProcessInstance()
        data = self.java["XFormSerializingVisitor"]().serializeInstance(self.form.getMainInstance())
        return bytes(data).decode()
